/** What is wrong with JSON files, in words for people. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.json;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

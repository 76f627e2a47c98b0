package io.ringfence.verify;

import java.util.List;
import java.util.Map;

/**
 * {@code models/catalogue.json}: what there is to check, whether or not a model checks it.
 *
 * @param designs the designs in one line each, by the name of their variant
 * @param properties names of the properties, by id
 * @param defects historical (B) and open (O) defects in one line each, by id
 * @param shownBy claims, by their config, that show a defect which no switch of a model stands for
 * @param notModelled ids that no model covers, with the reason
 */
public record Catalogue(
    Map<String, String> designs,
    Map<String, String> properties,
    Map<String, String> defects,
    Map<String, List<String>> shownBy,
    Map<String, String> notModelled) {}

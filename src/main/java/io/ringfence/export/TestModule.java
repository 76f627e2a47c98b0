package io.ringfence.export;

import java.util.ArrayList;
import java.util.List;

/** A module of the module adapter that does nothing, in C. */
final class TestModule {
  private TestModule() {}

  static List<String> includes() {
    return List.of(
        "rtos/alloc.h",
        "sof/audio/buffer.h",
        "sof/audio/component_ext.h",
        "sof/audio/module_adapter/module/generic.h");
  }

  /** The declarations, of which {@code make_component(core)} is to be called. */
  static List<String> declarations(String domain) {
    List<String> lines = new ArrayList<>(module());
    lines.addAll(maker(domain, "\t.adapter_ops = &interface,", "module_adapter_"));
    return lines;
  }

  /** The same for a component of a driver of its own. */
  static List<String> nativeComponent() {
    List<String> lines = new ArrayList<>(component());
    lines.addAll(maker("LL", "", "native_"));
    return lines;
  }

  private static List<String> module() {
    return CTestSource.lines(
        """
        static int module_init_nothing(struct processing_module *mod)
        {
        	return 0;
        }

        static bool prepare_fails;

        static int prepare_nothing(struct processing_module *mod, struct sof_source **sources,
        			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
        {
        	return prepare_fails ? -EINVAL : 0;
        }

        static int process_nothing(struct processing_module *mod, struct sof_source **sources,
        			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
        {
        	return 0;
        }

        static int module_reset_nothing(struct processing_module *mod)
        {
        	return 0;
        }

        static const struct module_interface interface = {
        	.init = module_init_nothing,
        	.prepare = prepare_nothing,
        	.process = process_nothing,
        	.reset = module_reset_nothing,
        };

        static int copy_component(struct comp_dev *dev)
        {
        	watch_copy();
        	return module_adapter_copy(dev);
        }

        """);
  }

  private static List<String> component() {
    return CTestSource.lines(
        """
        static bool prepare_fails;

        static struct comp_dev *native_new(const struct comp_driver *drv,
        				   const struct comp_ipc_config *config, const void *spec)
        {
        	struct comp_dev *made = comp_alloc(drv, sizeof(*made));

        	if (made) {
        		made->ipc_config = *config;
        		made->state = COMP_STATE_READY;
        	}
        	return made;
        }

        static int native_prepare(struct comp_dev *dev)
        {
        	return prepare_fails ? -EINVAL : 0;
        }

        static int native_trigger(struct comp_dev *dev, int cmd)
        {
        	return 0;
        }

        static int native_reset(struct comp_dev *dev)
        {
        	return 0;
        }

        static void native_free(struct comp_dev *dev)
        {
        	comp_free_device(dev);
        }

        static int copy_component(struct comp_dev *dev)
        {
        	watch_copy();
        	return 0;
        }

        """);
  }

  private static List<String> maker(String domain, String more, String operations) {
    return CTestSource.lines(
        """
        static const struct comp_driver driver = {
        	.type = SOF_COMP_MODULE_ADAPTER,
        	.ops = {
        		.create = $OPnew,
        		.prepare = $OPprepare,
        		.copy = copy_component,
        		.trigger = $OPtrigger,
        		.reset = $OPreset,
        		.free = $OPfree,
        	},
        $MORE
        };

        static struct comp_dev *make_component(uint32_t core)
        {
        	const struct comp_ipc_config config = {
        		.core = core,
        		.id = 1,
        		.proc_domain = COMP_PROCESSING_DOMAIN_$DOMAIN,
        		.type = SOF_COMP_MODULE_ADAPTER,
        	};
        	const struct ipc_config_process spec = { 0 };
        	struct comp_dev *made = driver.ops.create(&driver, &config, &spec);

        	zassert_not_null(made);
        	return made;
        }

        """
            .replace("$MORE\n", more.isEmpty() ? "" : more + "\n")
            .replace("$OP", operations)
            .replace("$DOMAIN", domain));
  }

  /** Declares what a copy calls, where nobody watches. */
  static List<String> unwatched() {
    return CTestSource.lines(
        """
        static void watch_copy(void)
        {
        }

        """);
  }
}

package io.ringfence.export;

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
    return CTestSource.lines(
        """
        static int module_init_nothing(struct processing_module *mod)
        {
        	return 0;
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
        	.process = process_nothing,
        	.reset = module_reset_nothing,
        };

        static const struct comp_driver driver = {
        	.type = SOF_COMP_MODULE_ADAPTER,
        	.ops = {
        		.create = module_adapter_new,
        		.prepare = module_adapter_prepare,
        		.copy = module_adapter_copy,
        		.trigger = module_adapter_trigger,
        		.reset = module_adapter_reset,
        		.free = module_adapter_free,
        	},
        	.adapter_ops = &interface,
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
            .replace("$DOMAIN", domain));
  }
}

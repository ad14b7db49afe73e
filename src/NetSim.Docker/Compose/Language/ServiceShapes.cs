namespace NetSim.Docker.Compose.Language;

/// <summary>What a service may say. Source: compose-spec schema/compose-spec.json, "service"; 05-services.md.</summary>
internal static class ServiceShapes
{
    /// <summary>A service.</summary>
    public static Shape Service { get; } = Plain(Networking(Running(Shape.Map())));

    private static Shape Networking(Shape s) => s
        .With(Shapes.Text, "container_name", "domainname", "hostname", "mac_address", "network_mode")
        .With(Shapes.TextOrTexts, "dns", "dns_search")
        .With(Shapes.Texts, "dns_opt", "links", "external_links", "cap_add", "cap_drop")
        .With(Shapes.Words, "expose")
        .With(Shapes.Pairs, "sysctls")
        .With(Shapes.Hosts, "extra_hosts")
        .With(Shape.ListOf(Shapes.Number.Or(Port())), "ports")
        .With(Shapes.Texts.Or(Shape.MapOf(Shapes.Nothing.Or(Network()))), "networks");

    private static Shape Port() => Shape.Map().With(Shapes.Text, "name", "mode", "host_ip", "protocol", "app_protocol").With(Shapes.Number, "target", "published");

    private static Shape Network() => Shape.Map()
        .With(Shapes.Texts, "aliases", "link_local_ips")
        .With(Shapes.Text, "interface_name", "ipv4_address", "ipv6_address", "mac_address")
        .With(Shapes.Options, "driver_opts")
        .With(Shapes.Number, "priority", "gw_priority");

    private static Shape Running(Shape s) => s
        .With(Shapes.Text, "image", "restart", "user", "working_dir", "platform", "pull_policy", "pull_refresh_after", "stop_signal", "stop_grace_period", "runtime")
        .With(Shapes.Command, "command", "entrypoint")
        .With(Shapes.Flag, "attach", "init", "privileged", "read_only", "stdin_open", "tty", "use_api_socket")
        .With(Shapes.Number, "scale")
        .With(Shapes.Pairs, "environment", "labels", "annotations")
        .With(Shapes.Texts, "profiles")
        .With(Shapes.TextOrTexts, "label_file")
        .With(Shapes.Text.Or(Shape.ListOf(Shapes.Text.Or(Shape.Map().With(Shapes.Text, "path", "format").With(Shapes.Flag, "required").Requiring("path")))), "env_file")
        .With(Shapes.Text.Or(Shape.Map().With(Shapes.Text, "service", "file").Requiring("service")), "extends")
        .With(Shapes.Texts.Or(Shape.MapOf(Dependency())), "depends_on")
        .With(Deployment(), "deploy")
        .With(Shape.Map().With(Shapes.Flag, "disable").With(Shapes.Text, "interval", "timeout", "start_period", "start_interval").With(Shapes.Number, "retries").With(Shapes.TextOrTexts, "test"), "healthcheck");

    private static Shape Dependency() => Shape.Map().With(Shapes.Flag, "restart", "required")
        .With(Shape.Word("service_started", "service_healthy", "service_completed_successfully"), "condition").Requiring("condition");

    private static Shape Deployment()
    {
        var update = Shape.Map().With(Shapes.Number, "parallelism", "max_failure_ratio").With(Shapes.Text, "delay", "failure_action", "monitor").With(Shape.Word("start-first", "stop-first"), "order");
        var resources = Shape.Map().With(Shape.Map().With(Shapes.Number, "cpus", "pids", "memory"), "limits")
            .With(Shape.Map().With(Shapes.Number, "cpus", "memory").With(Shape.ListOf(Shape.Anything), "generic_resources", "devices"), "reservations");
        return Shapes.Nothing.Or(Shape.Map().With(Shapes.Text, "mode", "endpoint_mode").With(Shapes.Number, "replicas").With(Shapes.Pairs, "labels").With(update, "rollback_config", "update_config").With(resources, "resources")
            .With(Shape.Map().With(Shapes.Text, "condition", "delay", "window").With(Shapes.Number, "max_attempts"), "restart_policy")
            .With(Shape.Map().With(Shapes.Texts, "constraints").With(Shape.ListOf(Shape.Map().With(Shapes.Text, "spread")), "preferences").With(Shapes.Number, "max_replicas_per_node"), "placement"));
    }

    /// <summary>What is of no concern to networking.</summary>
    private static Shape Plain(Shape s) => s
        .With(Shapes.Text, "cgroup_parent", "cpuset", "ipc", "isolation", "userns_mode", "uts")
        .With(Shape.Word("host", "private"), "cgroup")
        .With(Shapes.Text.Or(Shapes.Nothing), "pid")
        .With(Shapes.Number, "cpu_count", "cpu_percent", "cpu_shares", "cpu_quota", "cpu_period", "cpu_rt_period", "cpu_rt_runtime", "cpus", "mem_limit", "mem_reservation", "mem_swappiness", "memswap_limit",
            "oom_score_adj", "pids_limit", "shm_size")
        .With(Shapes.Flag, "oom_kill_disable")
        .With(Shapes.Words, "group_add")
        .With(Shapes.Texts, "device_cgroup_rules", "security_opt", "volumes_from")
        .With(Shapes.TextOrTexts, "tmpfs")
        .With(Shape.MapOf(Shapes.Number), "storage_opt")
        .With(Shapes.Mounted, "configs", "secrets")
        .With(Shape.Map().With(Shapes.Text, "driver").With(Shape.MapOf(Shapes.Number.Or(Shapes.Nothing).Or(Shapes.Flag)), "options"), "logging")
        .With(Shape.Map().With(Shapes.Text, "config", "file", "registry"), "credential_spec")
        .With(Shape.MapOf(Shapes.Number.Or(Shape.Map().With(Shapes.Number, "hard", "soft").Requiring("soft", "hard"))), "ulimits")
        .With(Shape.ListOf(Shapes.Text.Or(Shape.Map().With(Shapes.Text, "source", "target", "permissions").Requiring("source"))), "devices")
        .With(Shape.ListOf(Shapes.Text.Or(Volume())), "volumes")
        .With(Shapes.Text.Or(Built()), "build")
        .With(Shape.Anything, "develop", "blkio_config", "gpus", "models", "provider", "pre_start", "post_start", "pre_stop");

    private static Shape Volume() => Shape.Map()
        .With(Shape.Word("bind", "volume", "tmpfs", "cluster", "npipe", "image"), "type").Requiring("type")
        .With(Shapes.Text, "source", "target", "consistency")
        .With(Shapes.Flag, "read_only")
        .With(Shape.Map().With(Shapes.Text, "propagation", "recursive", "selinux").With(Shapes.Flag, "create_host_path"), "bind")
        .With(Shape.Map().With(Shapes.Pairs, "labels").With(Shapes.Flag, "nocopy").With(Shapes.Text, "subpath"), "volume")
        .With(Shape.Map().With(Shapes.Number, "size", "mode"), "tmpfs")
        .With(Shape.Map().With(Shapes.Text, "subpath"), "image");

    private static Shape Built() => Shape.Map()
        .With(Shapes.Text, "context", "dockerfile", "dockerfile_inline", "isolation", "network", "target")
        .With(Shapes.Flag, "no_cache", "pull", "privileged", "provenance", "sbom")
        .With(Shapes.Texts, "cache_from", "cache_to", "entitlements", "platforms", "tags")
        .With(Shapes.TextOrTexts, "no_cache_filter")
        .With(Shapes.Pairs, "additional_contexts", "args", "labels", "ssh")
        .With(Shapes.Hosts, "extra_hosts")
        .With(Shapes.Mounted, "secrets")
        .With(Shapes.Number, "shm_size")
        .With(Shape.Anything, "ulimits");
}

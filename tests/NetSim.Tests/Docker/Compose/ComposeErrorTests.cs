using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

/// <summary>What Compose refuses is told with line and column, and with what would be right.</summary>
public sealed class ComposeErrorTests
{
    private const string Web = "services:\n  web:\n    image: nginx\n";

    [TestCase(Web + "    prots: [80]\n", "compose.yaml:4:5: services.web.prots: additional properties 'prots' not allowed; did you mean \"ports\"?")]
    [TestCase("serivces:\n  web: {}\nservices: { web: { image: a } }\n", "compose.yaml:1:1: serivces: additional properties 'serivces' not allowed; did you mean \"services\"?")]
    [TestCase(Web + "    ports: 80\n", "compose.yaml:4:12: services.web.ports must be a list, but it is a number")]
    [TestCase(Web + "    privileged: [a]\n", "compose.yaml:4:17: services.web.privileged must be a boolean or a string, but it is a list")]
    [TestCase(Web + "    tty: perhaps\n", "compose.yaml:4:10: services.web.tty: invalid boolean: \"perhaps\"; it should be true or false")]
    [TestCase(Web + "    networks: [frontned]\nnetworks: { frontend: }\n", "compose.yaml:4:16: service \"web\" refers to undefined network frontned; did you mean \"frontend\"?")]
    [TestCase(Web + "    depends_on: [dv]\n  db: { image: redis }\n", "compose.yaml:4:18: service \"web\" depends on undefined service \"dv\"; did you mean \"db\"?")]
    [TestCase(Web + "    depends_on: [db]\n  db: { image: redis, profiles: [debug] }\n", "compose.yaml:4:18: service \"web\" depends on undefined service \"db\"; it is there, but of the profile debug, which is not active")]
    [TestCase(Web + "    depends_on:\n      db: { condition: service_helthy }\n  db: { image: redis }\n",
        "compose.yaml:5:24: services.web.depends_on.db.condition must be one of service_started, service_healthy, service_completed_successfully, but it is \"service_helthy\"; did you mean \"service_healthy\"?")]
    [TestCase(Web + "    depends_on: [a]\n  a: { image: x, depends_on: [web] }\n", "compose.yaml:4:18: dependency cycle detected: a -> web -> a")]
    [TestCase(Web + "    network_mode: host\n    networks: [default]\n", "compose.yaml:4:19: services.web.network_mode: service declares mutually exclusive `network_mode` and `networks`")]
    [TestCase(Web + "    network_mode: service:db\n", "compose.yaml:4:19: service \"web\" depends on undefined service \"db\"")]
    [TestCase("services:\n  web: {}\n", "compose.yaml:2:3: service \"web\" has neither an image nor a build context specified")]
    [TestCase(Web + "    ports: [\"80:nope\"]\n", "compose.yaml:4:13: services.web.ports: \"80:nope\" is no port to publish: invalid containerPort: nope; write it like \"8080:80\", \"127.0.0.1:8080:80/udp\" or \"3000-3005\"")]
    [TestCase(Web + "    ports: [{ published: 80 }]\n", "compose.yaml:4:13: services.web.ports.target is missing: a port must say which port of the container it means")]
    [TestCase(Web + "    extra_hosts: [db]\n", "compose.yaml:4:19: services.web.extra_hosts: invalid additional host, missing IP: db")]
    [TestCase(Web + "    secrets: [key]\nsecrets: { kee: { file: a } }\n", "compose.yaml:4:15: service \"web\" refers to undefined secret key; did you mean \"kee\"?")]
    [TestCase(Web + "    volumes: [\"data:/var\"]\n", "compose.yaml:4:15: service \"web\" refers to undefined volume data")]
    [TestCase(Web + "secrets: { key: { name: k } }\n", "compose.yaml:4:12: secrets.key: one of file|environment must be set")]
    [TestCase(Web + "    scale: 2\n    container_name: one\n", "compose.yaml:4:12: services.web.scale: can't set container_name and 2 containers, for a container's name must be unique")]
    [TestCase(Web + "    scale: 2\n    deploy: { replicas: 3 }\n", "compose.yaml:4:12: services.web.scale: can't set distinct values on 'scale' and 'deploy.replicas'")]
    [TestCase(Web + "    scale: -1\n", "compose.yaml:4:12: services.web.scale: must be a number from 0 to 1000, but it is -1")]
    [TestCase(Web + "    image: again\n", "compose.yaml:4:5: the key \"image\" is already defined at line 3")]
    [TestCase(Web + "    restart: alwys\n", "compose.yaml:4:14: services.web.restart: \"alwys\" is no restart policy; did you mean \"always\"?")]
    [TestCase(Web + "networks:\n  a: { external: true, driver: bridge }\n", "compose.yaml:5:24: networks.a: conflicting parameters \"external\" and \"driver\" specified; an external network is made elsewhere")]
    [TestCase(Web + "networks:\n  a: { ipam: { config: [{ subnet: 10.0.0.0 }] } }\n", "compose.yaml:5:35: networks.a.ipam.config.subnet: \"10.0.0.0\" is none; write it like 10.0.0.0/24")]
    [TestCase("services:\n  web: { image: \"a:${TAG:?no tag}\" }\n", "compose.yaml:2:17: services.web.image: required variable TAG is missing a value: no tag")]
    [TestCase("services:\n  web: { image: \"${\" }\n", "compose.yaml:2:17: invalid interpolation format for services.web.image: \"${\" has a $ that begins no variable; to write a dollar sign, double it: $$")]
    [TestCase("services:\n  web: { extends: bas }\n  base: { image: a }\n", "compose.yaml:2:19: cannot extend service \"web\": service \"bas\" not found in compose.yaml; did you mean \"base\"?")]
    [TestCase("services:\n  a: { extends: b }\n  b: { extends: a }\n", "compose.yaml:2:17: services extend each other in a circle: a extends b extends a")]
    [TestCase("include: [other.yaml]\nservices: { a: { image: a } }\n", "compose.yaml:1:11: include: there is no file other.yaml")]
    [TestCase("include: [compose.yaml]\n", "compose.yaml:1:11: include cycle detected: compose.yaml includes compose.yaml")]
    [TestCase(Web + "    env_file: [web.env]\n", "compose.yaml:4:16: env file web.env not found")]
    [TestCase(Web + "    command: \"sh -c 'x\"\n", "compose.yaml:4:14: services.web.command: a ' is opened and never closed")]
    [TestCase("version: 3.8\n" + Web, "compose.yaml:1:10: version must be a string, but it is a number")]
    [TestCase("services: {}\n", "compose.yaml:1:1: the project has no services, so there is nothing to start; a Compose file begins with services:")]
    [TestCase("", "compose.yaml: the file is empty; a Compose file begins with services:")]
    [TestCase(Web + "    healthcheck: { test: [redis-cli, ping] }\n", "compose.yaml:4:26: services.web.healthcheck.test must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"")]
    [TestCase(Web + "    networks: { default: { ipv4_address: 10.0.0.5/24 } }\n", "compose.yaml:4:42: services.web.networks.default.ipv4_address: \"10.0.0.5/24\" is no IPv4 address; write it like 172.28.0.10, without a prefix length")]
    public void One_line_says_where_and_what_would_be_right(string text, string complaint) => Assert.That(Projects.Complaint(text), Is.EqualTo(complaint));
}

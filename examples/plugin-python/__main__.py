"""A database of each platform. `pulumi package add ../../plugin/pulumi-resource-paas-addons` makes the SDK."""

import pulumi
import pulumi_paas_addons as addons

orders = addons.MigetAddon(
    "orders",
    app_uuid="00000000-0000-4000-8000-00000000a990",
    type="postgres",
    postgres_version="17",
    ram_size=256,
    disk_size=1,
    deletion_protection=True,
)

sessions = addons.NorthflankAddon(
    "sessions",
    project_id="demo-project",
    type="redis",
    version="7-latest",
    billing={"deployment_plan": "nf-compute-20", "storage": 4096, "replicas": 1},
    deletion_protection=True,
)

pulumi.export("ordersUrl", orders.url)
pulumi.export("sessionsHost", sessions.connection.host)

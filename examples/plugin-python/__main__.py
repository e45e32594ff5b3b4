# region repository
"""A database of each platform. `pulumi package add ../../plugin/pulumi-resource-paas-addons` makes the SDK."""
# endregion

import pulumi
import pulumi_paas_addons as addons

# region miget
orders = addons.MigetAddon(
    "orders",
    app_uuid="00000000-0000-4000-8000-00000000a990",
    type="postgres",
    postgres_version="17",
    ram_size=256,  # MiB
    disk_size=1,  # GiB
    deletion_protection=True,
)
pulumi.export("ordersUrl", orders.url)
# endregion

# region northflank
sessions = addons.NorthflankAddon(
    "sessions",
    project_id="demo-project",
    type="redis",
    version="7-latest",
    billing={"deployment_plan": "nf-compute-20", "storage": 4096, "replicas": 1},  # MB
    deletion_protection=True,
)
pulumi.export("sessionsHost", sessions.connection.host)
# endregion

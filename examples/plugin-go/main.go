// region repository

// A database of each platform. `pulumi package add ../../plugin/pulumi-resource-paas-addons` makes the SDK.
// endregion
package main

import (
	addons "example.com/pulumi-paas-addons/sdk/go/paas-addons"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// region miget
		orders, err := addons.NewMigetAddon(ctx, "orders", &addons.MigetAddonArgs{
			AppUuid:            pulumi.String("00000000-0000-4000-8000-00000000a990"),
			Type:               pulumi.String("postgres"),
			PostgresVersion:    pulumi.String("17"),
			RamSize:            pulumi.Float64(256), // MiB
			DiskSize:           pulumi.Float64(1),   // GiB
			DeletionProtection: pulumi.Bool(true),
		})
		if err != nil {
			return err
		}
		ctx.Export("ordersUrl", orders.Url)
		// endregion
		// region northflank
		sessions, err := addons.NewNorthflankAddon(ctx, "sessions", &addons.NorthflankAddonArgs{
			ProjectId: pulumi.String("demo-project"),
			Type:      pulumi.String("redis"),
			Version:   pulumi.String("7-latest"),
			Billing: &addons.NorthflankAddonBillingArgs{
				DeploymentPlan: pulumi.String("nf-compute-20"),
				Storage:        pulumi.Int(4096), // MB
				Replicas:       pulumi.Int(1),
			},
			DeletionProtection: pulumi.Bool(true),
		})
		if err != nil {
			return err
		}
		ctx.Export("sessionsHost", sessions.Connection.Host())
		// endregion
		return nil
	})
}

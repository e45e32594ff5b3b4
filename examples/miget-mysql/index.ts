// MySQL on Miget. A new value of `passwordVersion` rotates the password.
import * as pulumi from "@pulumi/pulumi";
import { MigetAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const shop = new MigetAddon("shop", {
  appUuid: config.require("migetAppUuid"),
  type: "mysql",
  mysqlVersion: "8.2",
  ramSize: 256,
  diskSize: 1,
  passwordVersion: config.get("passwordVersion") ?? "1",
});

export const uuid = shop.uuid;
export const state = shop.state;
export const uri = shop.connection.uri;

// Valkey, which speaks the Redis protocol, on Miget. `paused` stops it at night and keeps its data.
import * as pulumi from "@pulumi/pulumi";
import { MigetAddon } from "pulumi-paas-addons";

const config = new pulumi.Config();

const cache = new MigetAddon("cache", {
  appUuid: config.require("migetAppUuid"),
  type: "valkey",
  valkeyVersion: "7.2",
  ramSize: 64,
  paused: config.getBoolean("paused") ?? false,
});

export const uuid = cache.uuid;
export const state = cache.state;
export const uri = cache.connection.uri;
// The variables that the platform sets in the app, by name: CACHE_…_URL and REDIS_URL.
export const variableNames = pulumi.unsecret(cache.vars.apply((vars) => Object.keys(vars)));

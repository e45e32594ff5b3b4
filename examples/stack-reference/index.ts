// An app's stack that uses a database of another stack, which another team may own.
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

// Its program has `export const url = orders.url;`, as in the example "environments".
const databases = new pulumi.StackReference(config.require("databases"));

// Secret there, and secret here.
export const databaseUrl = databases.requireOutput("url");

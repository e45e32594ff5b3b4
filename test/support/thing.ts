// The smallest dynamic provider there is, to try the harnesses with. What it does depends on `v`.

export const thingLoader = 'exports.handler = () => require("./thing");';

/** The file thing.js of a project. */
export const thingProvider = `
exports.configure = (request) => { exports.token = request.config.get("thing:token"); };
exports.check = async (olds, news) => ({
  inputs: { ...news, size: news.size ?? 1 },
  failures: news.v === "refused" ? [{ property: "v", reason: "is refused" }] : [],
});
exports.diff = async (id, olds, news) => ({
  changes: olds.v !== news.v || olds.size !== news.size,
  replaces: olds.size !== news.size ? ["size"] : [],
  deleteBeforeReplace: true,
});
exports.create = async (props) => {
  console.log("creating " + props.v);
  if (props.v === "plain failure") throw new Error("no luck");
  if (props.v === "slow") await new Promise((resolve) => setTimeout(resolve, 60000));
  if (props.v === "half") {
    const { v, size, __provider } = props;
    const properties = { v, size, __provider };
    throw Object.assign(new Error("half made"), { id: "t1", reasons: ["not ready"], properties });
  }
  return { id: "t1", outs: { v: props.v, size: props.size, secret: "hush-" + exports.token } };
};
exports.read = async (id, props) => {
  if (id === "missing") return { id: "", props: {} };
  if (require("fs").existsSync("drift")) return { id, props: { ...props, v: "drifted" } };
  return { id, props };
};
exports.update = async (id, olds, news) => ({
  outs: { v: news.v, size: news.size, secret: "hush-" + exports.token },
});
exports.delete = async () => {};
`;

/** A program with one thing. */
export function thingProgram(props: Readonly<Record<string, string | number>>): string {
  return `
const pulumi = require("@pulumi/pulumi");
class Thing extends pulumi.CustomResource {
  constructor(name, props) {
    const all = { __provider: ${JSON.stringify(thingLoader)}, secret: undefined, ...props };
    super("pulumi-nodejs:dynamic/test:Thing", name, all, { additionalSecretOutputs: ["secret"] });
  }
}
const thing = new Thing("a", ${JSON.stringify(props)});
exports.v = thing.v;
exports.secret = thing.secret;
`;
}

// Writes the pages of the API from the comments in the sources, as typedoc.json says.

import { Application } from "typedoc";

const { SITE_SOURCES: sources } = process.env;
const options =
  sources === undefined
    ? { disableSources: true }
    : { sourceLinkTemplate: `${sources}/{path}#L{line}` };

const app = await Application.bootstrapWithPlugins({ logLevel: "Warn", ...options });
const project = await app.convert();
if (project) {
  app.validate(project);
  await app.generateOutputs(project);
}
// A link to nothing, or a type that is missing, is a failure too.
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;

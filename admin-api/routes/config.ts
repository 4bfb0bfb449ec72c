import { guarded, guardedBody } from "../schemas/answers.ts";
import { ConfigCheck, ConfigCheckRequest, ShownConfig } from "../schemas/config.ts";
import { changeJson, shownConfigJson } from "../schemas/config-json.ts";
import { reference } from "../schemas/reference.ts";
import type { App, Services } from "../services.ts";

/** `/api/v1/config`: what counts now, and what would come of another document. */
export function addConfigRoutes(app: App, { config }: Pick<Services, "config">): void {
  const tags = ["server"];

  app.get(
    "/config",
    {
      schema: {
        tags,
        operationId: "getConfig",
        summary: "Show the configuration with which pacd runs, and where each value comes from",
        description:
          "Every key, with the value that counts, where it comes from, when a change would count, and what the file says otherwise by now. It holds no secret.",
        response: { 200: reference(ShownConfig), ...guarded() },
      },
    },
    async () => shownConfigJson(config.show()),
  );

  app.post(
    "/config::check",
    {
      // Changes nothing.
      config: { role: "viewer", audit: false },
      schema: {
        tags,
        operationId: "checkConfig",
        summary: "Look at a configuration as a start or a reload would, and change nothing",
        description:
          "Relative paths in it are against the folder of the server's own file. What only the host can refuse, such as " +
          "a port that is taken, is seen by `POST /config:reload` with `dryRun`.",
        body: ConfigCheckRequest,
        response: { 200: reference(ConfigCheck), ...guardedBody() },
      },
    },
    async (request) => {
      const { file, faults, changes } = config.check(request.body.toml);
      return { file, faults: faults.map((fault) => ({ ...fault })), changes: changes.map(changeJson) };
    },
  );
}

import type { Guide } from "./guide";

export const teamsAndState: Guide = {
  page: "teams-and-state",
  isGuessed: true,
  steps: [
    { does: "up", program: 1 },
    {
      does: "up",
      program: 2,
      elsewhere: ({ northflank }) => {
        const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
        northflank.seed(
          { name: "sessions", type: "redis", version: "8.6.1", billing },
          "my-project",
        );
      },
    },
  ],
};

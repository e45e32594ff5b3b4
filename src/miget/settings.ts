import type { PlatformSettings } from "../provider/settings";
import { advise } from "./advice";

/** What the API client needs to be told. */
export const settings: PlatformSettings = {
  platform: "Miget",
  advise,
  token: { key: "miget:apiToken", variables: ["MIGET_API_TOKEN"] },
  baseUrl: {
    key: "miget:baseUrl",
    variables: ["MIGET_BASE_URL"],
    default: "https://app.miget.com/api/v1",
  },
};

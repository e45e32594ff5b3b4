import type { PlatformSettings } from "../provider/settings";
import { advise } from "./advice";

/** What the API client needs to be told. */
export const settings: PlatformSettings = {
  platform: "Northflank",
  advise,
  token: { key: "northflank:apiToken", variables: ["NORTHFLANK_API_TOKEN", "NF_API_TOKEN"] },
  baseUrl: {
    key: "northflank:baseUrl",
    variables: ["NORTHFLANK_BASE_URL"],
    default: "https://api.northflank.com/v1",
  },
};

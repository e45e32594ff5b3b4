import { connectApp } from "./connect-app";
import { forkForStaging } from "./fork-for-staging";
import { gettingStartedMiget } from "./getting-started-miget";
import { gettingStartedNorthflank } from "./getting-started-northflank";
import type { Guide } from "./guide";
import { moveFromConsole } from "./move-from-console";
import { pauseAtNight } from "./pause-at-night";
import { renameAndMove } from "./rename-and-move";
import { replaceDeliberately } from "./replace-deliberately";
import { rotatePassword } from "./rotate-password";
import { teamsAndState } from "./teams-and-state";
import { upgradeVersion } from "./upgrade-version";
import { blocksOf, pages } from "../support/pages";

/** The pages whose readers' steps are written down. */
const written: readonly Guide[] = [
  gettingStartedMiget,
  gettingStartedNorthflank,
  connectApp,
  rotatePassword,
  upgradeVersion,
  pauseAtNight,
  forkForStaging,
  moveFromConsole,
  renameAndMove,
  replaceDeliberately,
  teamsAndState,
];

/** All guides. Of one without written steps, every program is brought up in its turn. */
export function guides(): Guide[] {
  const others = pages()
    .filter((page) => page.startsWith(folder))
    .map((page) => page.slice(folder.length).replace(/\.md$/, ""))
    .filter((name) => written.every(({ page }) => page !== name));
  return [...written, ...others.map(broughtUp).filter(({ steps }) => steps.length > 0)];
}

const folder = "docs/guides/";

function broughtUp(page: string): Guide {
  const programs = blocksOf(`${folder}${page}.md`).filter(({ language }) => language === "ts");
  return {
    page,
    isGuessed: true,
    steps: programs.map((_, index) => ({ does: "up", program: index + 1 })),
  };
}

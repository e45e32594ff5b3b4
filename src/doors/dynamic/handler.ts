import type { RemoteAddon } from "../../provider/kind";
import { Provider } from "../../provider/provider";
import { providerField } from "../../fields/common";
import type { Props } from "../../fields/values";
import type { Diff } from "../../provider/diff";
import { deletionUrns } from "./urn";

/** What the SDK's plugin calls: the provider, with the URN of a deletion, which the SDK does not hand on. */
export class DynamicProvider<E extends RemoteAddon> extends Provider<E> {
  /**
   * The state of the provider plugin has no loader text, without which the SDK can neither read nor
   * delete. An update, which only reads, puts it there.
   */
  override async diff(id: string, olds: Props, news: Props): Promise<Diff> {
    const answer = await super.diff(id, olds, news);
    return olds[providerField] === undefined ? { ...answer, changes: true } : answer;
  }

  override delete(id: string, props: Props): Promise<void> {
    return super.delete(id, props, deletionUrns()(id));
  }
}

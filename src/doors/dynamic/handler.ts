import type { RemoteAddon } from "../../provider/kind";
import { Provider } from "../../provider/provider";
import type { Props } from "../../fields/values";
import { deletionUrns } from "./urn";

/** What the SDK's plugin calls: the provider, with the URN of a deletion, which the SDK does not hand on. */
export class DynamicProvider<E extends RemoteAddon> extends Provider<E> {
  override delete(id: string, props: Props): Promise<void> {
    return super.delete(id, props, deletionUrns()(id));
  }
}

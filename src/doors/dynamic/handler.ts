import { type Checked } from "../../provider/check";
import { providerField, urnField } from "../../fields/common";
import type { AddonKind, RemoteAddon, Runtime } from "../../provider/kind";
import { Provider } from "../../provider/provider";
import type { Diff } from "../../provider/diff";
import type { CreateResult, ReadResult, UpdateResult } from "../../provider/runner";
import type { Props } from "../../fields/values";
import { about } from "./engine";
import { deletionUrns, type UrnOf } from "./urn";

/** What the SDK's plugin calls: the provider, told which resource a call is about. */
export class DynamicProvider<E extends RemoteAddon> extends Provider<E> {
  constructor(
    kind: AddonKind<E>,
    runtime: Runtime,
    private readonly urns: () => UrnOf = deletionUrns,
  ) {
    super(kind, runtime);
  }

  /**
   * The state of the provider plugin has no loader text, without which the SDK can neither read nor
   * delete. An update, which only reads, puts it there.
   */
  override async diff(id: string, olds: Props, news: Props): Promise<Diff> {
    const answer = await super.diff(id, olds, news);
    return olds[providerField] === undefined ? { ...answer, changes: true } : answer;
  }

  override check(olds: Props, news: Props): Promise<Checked> {
    return about(news[urnField], () => super.check(olds, news));
  }

  override create(props: Props): Promise<CreateResult> {
    return about(props[urnField], () => super.create(props));
  }

  override read(id: string, props: Props): Promise<ReadResult> {
    return about(props[urnField], () => super.read(id, props));
  }

  override update(id: string, olds: Props, news: Props): Promise<UpdateResult> {
    return about(news[urnField], () => super.update(id, olds, news));
  }

  /** The SDK does not hand on the URN of a deletion. */
  override delete(id: string, props: Props): Promise<void> {
    const urn = this.urns()(id);
    return about(urn ?? props[urnField], () => super.delete(id, props, urn));
  }
}

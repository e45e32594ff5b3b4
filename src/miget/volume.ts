import * as codec from "../fields/codecs";
import type { Field, FieldTable } from "../fields/field";
import type { RemoteMigetAddon } from "./codecs";

type Row = Field<RemoteMigetAddon>;

/** `setting`: where the answer's `settings` have it. */
function mount(
  doc: string,
  api: string,
  setting: string | undefined,
  rest: Partial<Row> = {},
): Row {
  return {
    doc,
    codec: codec.text,
    types: ["storage"],
    change: "replace",
    replaceReason: "where a volume is mounted is set at its creation",
    api,
    ...(setting === undefined
      ? {}
      : { observe: ({ body }: RemoteMigetAddon) => body.settings?.[setting] }),
    ...rest,
  };
}

const unlessService = { required: true, unless: "serviceId" } as const;

/** The rows that only a volume has: where and how it is mounted. */
export const volumeFields = {
  serviceId: mount(
    "Shared-storage service to mount. Mount point and access then come from it.",
    "service_id",
    undefined,
    {
      codec: codec.whole("", 1, 2_147_483_647),
    },
  ),
  mountPoint: mount(
    "Absolute path in the container; needed without `serviceId`.",
    "mount_point",
    "mount_point",
    {
      codec: codec.matching(/^\//u, "must be an absolute path, such as /data"),
      ...unlessService,
    },
  ),
  storageAccess: mount(
    "One node or many nodes may write; needed without `serviceId`.",
    "storage_access",
    "access_type",
    {
      codec: codec.oneOf("RWO", "RWX"),
      ...unlessService,
    },
  ),
  subPath: mount(
    "Folder of the volume to mount instead of its root, relative; with RWX only.",
    "sub_path",
    "sub_path",
    {
      codec: codec.matching(
        /^(?!\/)(?!.*\\)(?!(?:.*\/)?\.{1,2}(?:\/|$)).+$/u,
        'must be a relative path without ".", ".." or backslashes',
      ),
    },
  ),
} as const satisfies FieldTable<RemoteMigetAddon>;

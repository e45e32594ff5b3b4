import fc from "fast-check";

/** Valid values of inputs that both platforms have. */
export const flag = fc.boolean();

/** Text that is not only white space. */
export const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((value) => value.trim() !== "");

export const word = fc.stringMatching(/^[a-z][a-z0-9]{2,11}$/u);

export const common = {
  adopt: flag,
  allowReplace: fc.constant(false),
  deletionProtection: fc.constant(false),
  waitForReady: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, flag),
};

/** Numbers that have many digits and those that people write. */
export const amount = (least: number, most: number) =>
  fc.oneof(
    fc.integer({ min: Math.ceil(least), max: most }),
    fc.integer({ min: Math.ceil(least * 10), max: most * 10 }).map((tenths) => tenths / 10),
    fc.double({ min: least, max: most, noNaN: true }),
  );

/** Values that are near to what some input takes, and those that break careless code. */
export const nearby: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...[null, true, false, 0, -0, 1, 2, -1, 0.5, 3, 7, 59, 60, 75, 90, 65_535, 65_536, 2 ** 31 - 1],
  ...[2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e300, 5e-324],
  ...["", " ", "0", "1", "17", "true", "a", "ab", "abc", "a-b", "a--b", "-a", "a-", "a b", "a  b"],
  ...["a\nb", "a\u2028b", "abc\n", "a\tb", "1ab", "ä-b", "é", "a_b", "a/b", "a\\b", "\u0000"],
  ...["x".repeat(38), "x".repeat(39), "x".repeat(40), "x".repeat(100), "x".repeat(101)],
  ...["x".repeat(200), "x".repeat(201), "(a) [b]; `c` 50%!", "<b>", "ä".repeat(20)],
  ...["/", "/data", "data", "..", "../a", "a/../b", "a/./b", "a/..b", ".a", "a/", "RWX", "rwx"],
  ...["192.0.2.1", "192.0.2.1/33", "10/8", "010.0.0.1", "::1", "::1/129", "fe80::1%eth0", "*"],
  ...[
    "123e4567-e89b-12d3-a456-426614174000",
    "latest",
    "16-latest",
    "hourly",
    "dump",
    "external_replica",
  ],
  ...[[], {}, [[]], [null], [""], ["abc"], { a: 1 }, { enabled: true }, "constructor", "__proto__"],
);

/** Repeatable randomness: the same seed gives the same identities, suffixes and passwords. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number in [0, 1); the mulberry32 generator. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  text(length: number, alphabet: string): string {
    let text = "";
    while (text.length < length) text += alphabet.charAt(Math.floor(this.next() * alphabet.length));
    return text;
  }

  hex(length: number): string {
    return this.text(length, "0123456789abcdef");
  }

  suffix(): string {
    return this.text(5, "abcdefghijklmnopqrstuvwxyz");
  }

  uuid(): string {
    const variant = this.text(1, "89ab");
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  /** Obviously fake; `special` holds every character that a URL must not carry as it is. */
  password(style: "plain" | "special"): string {
    return style === "plain"
      ? `not-a-real-password-${this.hex(6)}`
      : `not-a-real-p@ss:/w?rd#%+& ${this.hex(6)}`;
  }
}

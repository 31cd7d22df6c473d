/** An organization as its members see it. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

import { Fragment } from './render/fragment.ts';

/** A thing that events refer to, in both forms in which it is printed. Made once, printed often. */
export class Name {
  /** For the table, fit for a terminal. */
  readonly label: string;
  /** Its object (of a drop reason, its text) in `-o json`. */
  readonly json: string;
  #labelFragment: Fragment | undefined;
  #jsonFragment: Fragment | undefined;

  constructor(label: string, json: string) {
    this.label = label;
    this.json = json;
  }

  get labelFragment(): Fragment {
    this.#labelFragment ??= new Fragment(this.label);
    return this.#labelFragment;
  }

  get jsonFragment(): Fragment {
    this.#jsonFragment ??= new Fragment(this.json);
    return this.#jsonFragment;
  }
}

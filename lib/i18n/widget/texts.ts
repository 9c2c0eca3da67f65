/**
 * The texts that visitors read, by key. `{name}` stands for a value. Each
 * language is one file beside this one and has exactly these keys: a missing or
 * an extra one does not compile.
 */
export interface WidgetTexts {
  /** Heading of a sidebar without a title of its own. */
  title: string;
}

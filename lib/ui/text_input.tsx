import { Field, type FieldTexts, splitTexts } from "./field.tsx";
import { useLimit } from "./limit.tsx";

/** As objects, because Preact has separate types of inputs for each `type`. */
const TYPES = {
  text: { type: "text" },
  email: { type: "email" },
  tel: { type: "tel" },
  url: { type: "url" },
  search: { type: "search" },
  password: { type: "password" },
} as const;

export interface TextInputProps extends FieldTexts {
  value?: string;
  /** Called with the text on each change. Leave it out in a form without
   * JavaScript. */
  onText?: (text: string) => void;
  onBlur?: () => void;
  type?: keyof typeof TYPES;
  /** Name of the value in a submitted form. */
  name?: string;
  autocomplete?: string;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  minLength?: number;
  /** Maximum number of characters. A longer text is kept, and the field says
   * so; the form has to reject it. Needs a {@linkcode LimitProvider}. */
  limit?: number;
  placeholder?: string;
  spellcheck?: boolean;
  /** `ltr` for values that are written left to right in every language:
   * addresses, numbers. */
  dir?: "auto" | "ltr";
}

/**
 * A single-line text; with `type` also email, tel, url, search and password.
 */
export function TextInput(props: TextInputProps) {
  const { texts, rest } = splitTexts(props);
  const { onText, type = "text", limit, ...native } = rest;
  const state = useLimit(native.value ?? "", limit);
  return (
    <Field {...texts} limit={state}>
      {(control) => (
        <input
          {...TYPES[type]}
          dir="auto"
          {...native}
          {...control}
          class="input"
          onInput={onText && ((event) => onText(event.currentTarget.value))}
        />
      )}
    </Field>
  );
}

export interface TextAreaProps extends FieldTexts {
  value?: string;
  /** As in {@linkcode TextInputProps}. */
  limit?: number;
  /** Share of the limit from which the counter is shown; 0 for always. */
  countedFrom?: number;
  placeholder?: string;
  rows?: number;
  onText?: (text: string) => void;
}

/** Several lines of text. It grows with the text. */
export function TextArea(props: TextAreaProps) {
  const { texts, rest } = splitTexts(props);
  const { onText, limit, countedFrom, ...native } = rest;
  const state = useLimit(native.value ?? "", limit, countedFrom);
  return (
    <Field {...texts} limit={state}>
      {(control) => (
        <span class="grow" data-text={native.value}>
          <textarea
            rows={3}
            dir="auto"
            {...native}
            {...control}
            class="input textarea"
            onInput={onText && ((event) => onText(event.currentTarget.value))}
          />
        </span>
      )}
    </Field>
  );
}

export interface NumberFieldProps extends FieldTexts {
  value: number;
  /** Called with a whole number, or with `NaN` for invalid input. */
  onNumber: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  /** Shown after the number, such as `px`. */
  unit?: string;
  disabled?: boolean;
}

/** A whole number with its unit. */
export function NumberField(props: NumberFieldProps) {
  const { texts, rest } = splitTexts(props);
  const { value, onNumber, unit, ...native } = rest;
  return (
    <Field {...texts}>
      {(control) => (
        <span class="input-with-unit">
          <input
            {...native}
            {...control}
            class="input input-number"
            type="number"
            inputMode="numeric"
            value={Number.isNaN(value) ? "" : value}
            onInput={(event) => onNumber(event.currentTarget.valueAsNumber)}
          />
          {unit && <span class="unit" aria-hidden="true">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

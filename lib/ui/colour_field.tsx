import { Field, type FieldTexts, splitTexts } from "./field.tsx";

export interface ColourFieldProps extends FieldTexts {
  /** `#rrggbb`, or what is being written. */
  value: string;
  onText: (value: string) => void;
  /** Read aloud for the browser's own colour chooser. */
  pickLabel: string;
}

/** A colour: picked in the browser's chooser, or written as `#rrggbb`. */
export function ColourField(props: ColourFieldProps) {
  const { texts, rest } = splitTexts(props);
  const { value, onText, pickLabel } = rest;
  return (
    <Field {...texts}>
      {(control) => (
        <span class="colour">
          <input
            type="color"
            class="swatch"
            aria-label={`${props.label}: ${pickLabel}`}
            value={/^#[0-9a-f]{6}$/i.test(value) ? value : "#000000"}
            onInput={(event) => onText(event.currentTarget.value)}
          />
          <input
            {...control}
            class="input input-colour"
            type="text"
            dir="ltr"
            spellcheck={false}
            autocomplete="off"
            value={value}
            onInput={(event) => onText(event.currentTarget.value)}
          />
        </span>
      )}
    </Field>
  );
}

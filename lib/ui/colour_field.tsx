import { Field, type FieldTexts, splitTexts } from "./field.tsx";

export interface ColourFieldProps extends FieldTexts {
  /** `#rrggbb`, or an incomplete input. */
  value: string;
  onText: (value: string) => void;
  /** Label of the browser's colour picker for screen readers. */
  pickLabel: string;
}

/** A colour, from the browser's picker or typed as `#rrggbb`. */
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

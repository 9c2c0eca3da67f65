import type { ComponentChildren } from "preact";
import { Field, type FieldTexts, splitTexts } from "./field.tsx";
import { useOwnId } from "./own_id.tsx";

export interface Option<T extends string> {
  value: T;
  label: string;
}

export interface SelectProps<T extends string> extends FieldTexts {
  value: T;
  options: readonly Option<T>[];
  onChoose: (value: T) => void;
  disabled?: boolean;
}

/** A choice of one, with the browser's own list. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { texts, rest } = splitTexts(props);
  const { value, options, onChoose, disabled } = rest;
  function choose(text: string): void {
    const option = options.find((option) => option.value === text);
    if (option !== undefined) onChoose(option.value);
  }
  return (
    <Field {...texts}>
      {(control) => (
        <select
          {...control}
          class="input select"
          disabled={disabled}
          value={value}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <Options {...{ options, value }} />
        </select>
      )}
    </Field>
  );
}

/** A choice of one, or of all, that is sent with its form, also without
 * JavaScript. */
export function FormSelect(
  { name, value, all, options, ...texts }: FieldTexts & {
    name: string;
    /** The value when the page was loaded; "" means all. */
    value: string;
    /** Label of all. */
    all: string;
    options: readonly Option<string>[];
  },
) {
  return (
    <Field {...texts}>
      {(control) => (
        <select {...control} class="input select" name={name}>
          <Options
            options={[{ value: "", label: all }, ...options]}
            {...{ value }}
          />
        </select>
      )}
    </Field>
  );
}

function Options({ options, value }: {
  options: readonly Option<string>[];
  value: string;
}) {
  return (
    <>
      {options.map((option) => (
        <option
          key={option.value}
          value={option.value}
          selected={option.value === value}
        >
          {option.label}
        </option>
      ))}
    </>
  );
}

export interface ToggleProps {
  label: string;
  hint?: ComponentChildren;
  checked: boolean;
  onToggle?: (checked: boolean) => void;
  name?: string;
  value?: string;
  disabled?: boolean;
}

/** A yes-or-no value that is saved with its form. */
export function Checkbox(props: ToggleProps) {
  return <Toggle {...props} kind="checkbox" />;
}

/** A setting that takes effect immediately. */
export function Switch(props: ToggleProps) {
  return <Toggle {...props} kind="switch" />;
}

function Toggle(props: ToggleProps & { kind: "checkbox" | "switch" }) {
  const id = useOwnId();
  const { label, hint, kind, onToggle, ...native } = props;
  return (
    <div class={`toggle toggle-${kind}`}>
      <input
        {...native}
        id={id}
        type="checkbox"
        role={kind === "switch" ? "switch" : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={onToggle &&
          ((event) => onToggle(event.currentTarget.checked))}
      />
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

export interface SegmentedProps<T extends string> {
  /** Label for screen readers, visible unless `hideLabel`. */
  label: string;
  hideLabel?: boolean;
  value: T;
  options: readonly (Option<T> & { icon?: ComponentChildren })[];
  onChoose: (value: T) => void;
}

/** A choice of one among a few visible options. An option with an icon shows
 * only that. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const name = useOwnId();
  return (
    <fieldset class="segmented">
      <legend class={props.hideLabel ? "hidden-label" : "label"}>
        {props.label}
      </legend>
      <div class="segments">
        {props.options.map((option) => (
          <label key={option.value} class="segment" title={option.label}>
            <input
              type="radio"
              name={name}
              value={option.value}
              aria-label={option.label}
              checked={option.value === props.value}
              onChange={() =>
                props.onChoose(option.value)}
            />
            <span>{option.icon ?? option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

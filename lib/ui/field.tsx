import type { ComponentChildren } from "preact";
import { CircleAlert } from "lucide-preact";
import type { LimitState } from "./limit.tsx";
import { useOwnId } from "./own_id.tsx";

export interface FieldTexts {
  label: string;
  /** A short description of the expected value. */
  hint?: ComponentChildren;
  /** The error of the value, and what is allowed. */
  error?: string | undefined;
  /** The word for "optional", if the field is. */
  optional?: string;
  /** Hides the label visually, because another one is visible. */
  hideLabel?: boolean;
}

/** Attributes for the control, so that screen readers read hint and error with
 * it. */
export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

/** A label, one control, and next to it the hint and the error. */
export function Field(
  props: FieldTexts & {
    limit?: LimitState;
    children: (control: ControlProps) => ComponentChildren;
  },
) {
  const id = useOwnId();
  const { counter, error: tooLong } = props.limit ?? {};
  const error = tooLong ?? props.error;
  const described = [
    props.hint ? `${id}-hint` : "",
    counter ? `${id}-counter` : "",
    error ? `${id}-error` : "",
  ].filter(Boolean).join(" ");
  return (
    <div class="field" data-invalid={error ? "true" : undefined}>
      <label class={props.hideLabel ? "hidden-label" : "label"} for={id}>
        {props.label}
        {props.optional && <span class="optional">{props.optional}</span>}
      </label>
      {props.children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? "true" : undefined,
      })}
      {props.hint && <p class="hint" id={`${id}-hint`}>{props.hint}</p>}
      {counter && (
        <p class="counter" id={`${id}-counter`} dir="ltr">{counter}</p>
      )}
      {error && (
        <FieldError
          id={`${id}-error`}
          {...tooLong && { role: "alert" as const }}
        >
          {error}
        </FieldError>
      )}
    </div>
  );
}

/** The error below a control, which names `id` in its `aria-describedby`. */
export function FieldError({ id, role, children }: {
  id?: string;
  role?: "alert";
  children: string;
}) {
  return (
    <p class="error" id={id} role={role}>
      <CircleAlert size={14} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

/** Separates the field's own texts from the control's props. */
export function splitTexts<T extends FieldTexts>(
  props: T,
): { texts: FieldTexts; rest: Omit<T, keyof FieldTexts> } {
  const { label, hint, error, optional, hideLabel, ...rest } = props;
  const texts: FieldTexts = { label, error };
  if (hint !== undefined) texts.hint = hint;
  if (optional !== undefined) texts.optional = optional;
  if (hideLabel !== undefined) texts.hideLabel = hideLabel;
  return { texts, rest };
}

import { useLayoutEffect, useRef } from "preact/hooks";

/** Moves the focus to the form's first invalid field after each of its checks,
 * because the field may be out of view. */
export function useFocusOnError(checks: number) {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    if (checks === 0) return;
    const field = form.current?.querySelector('[aria-invalid="true"]');
    if (field instanceof HTMLElement) field.focus();
  }, [checks]);
  return form;
}

/**
 * Sends a form once: a second press while the answer is on its way would be a
 * second change, and its answer would hide that of the first. A page that the
 * browser shows again can send again. Returns what undoes it.
 */
export function sendOnce(form: EventTarget): () => void {
  let isSent = false;
  function onSubmit(event: Event): void {
    if (isSent) event.preventDefault();
    isSent = true;
  }
  function onShow(): void {
    isSent = false;
  }
  form.addEventListener("submit", onSubmit);
  addEventListener("pageshow", onShow);
  return () => {
    form.removeEventListener("submit", onSubmit);
    removeEventListener("pageshow", onShow);
  };
}

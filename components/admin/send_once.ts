/**
 * Sends a form only once. A second press while the answer is pending would be a
 * second change, and its answer would hide the first one. A page that the
 * browser shows again can send again. Returns a function that removes the
 * guard.
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

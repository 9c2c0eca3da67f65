import { ContactWidget } from "./element.tsx";

// The entry: a page may hold this script twice, the first one counts.
if (customElements.get("contact-widget") === undefined) {
  for (const name of ContactWidget.mirrored) {
    Object.defineProperty(ContactWidget.prototype, name, {
      get(this: Element) {
        return this.getAttribute(name) ?? "";
      },
      set(this: Element, value: string) {
        this.setAttribute(name, value);
      },
    });
  }
  customElements.define("contact-widget", ContactWidget);
}

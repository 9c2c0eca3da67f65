import { ContactWidget } from "./element.tsx";

// The entry: a page may hold this script twice, the first one counts.
if (customElements.get("contact-widget") === undefined) {
  customElements.define("contact-widget", ContactWidget);
}

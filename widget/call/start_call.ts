export { createCall } from "./mod.tsx";
// Keeps the first load in one file: see widget/contact/mod.tsx.
export { ContactWidget } from "../element.tsx";

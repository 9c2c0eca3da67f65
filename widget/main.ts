import { ContactWidget } from "./element.tsx";

// The entry is small, because the bundler puts all code that both chunks need
// into one of them.
ContactWidget.define();

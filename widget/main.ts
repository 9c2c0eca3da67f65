import { ContactWidget } from "./element.tsx";

// The entry, which weighs little: all that two moments need is in one chunk.
ContactWidget.define();

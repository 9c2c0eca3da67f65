export { QueuedChat } from "./queued_chat.tsx";
// For the reason in contact/mod.tsx: the first load stays one file.
export { ContactWidget } from "./element.tsx";

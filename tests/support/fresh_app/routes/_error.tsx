import { HttpError } from "fresh";
import { define } from "../define.ts";

export const config = { skipInheritedLayouts: true };

export default define.page(({ error, state }) => {
  const status = error instanceof HttpError ? error.status : 500;
  return <h1>Error page {status} after {state.trail?.join(", ")}</h1>;
});

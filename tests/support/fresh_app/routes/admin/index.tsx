import { define } from "../../define.ts";

export default define.page(async ({ state, url, redirect }) => {
  await Promise.resolve();
  if (url.searchParams.has("leave")) return redirect("/");
  return <p>Admin after {state.trail.join(", ")}</p>;
});

// Loaded before the tests with the clock ahead. Otherwise the processes that tests
// start share a lock of faketime with the tests, and each process that is killed
// while it holds the lock makes all others wait forever.

Deno.env.delete("FAKETIME_SHARED");

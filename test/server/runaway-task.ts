/*
 * A process that begins and never ends, as a compile in a native program does: no timer and no signal handler of its own can stop it.
 */
process.on('message', () => { for (;;); })

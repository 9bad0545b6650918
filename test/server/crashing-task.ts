/** Goes down with its first paper, as a native program does on a fault of its own. */
process.on('message', () => process.kill(process.pid, 'SIGSEGV'))

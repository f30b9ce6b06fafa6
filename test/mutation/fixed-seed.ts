import fc from 'fast-check';

/** The same policies for every mutant, and no time spent on making a counterexample small. */
fc.configureGlobal({ seed: 20_260_926, endOnFailure: true });

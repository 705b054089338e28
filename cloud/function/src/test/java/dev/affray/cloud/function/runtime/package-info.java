/** A stand-in for Lambda around AWS's own runtime interface client, for tests of whole functions. */
package dev.affray.cloud.function.runtime;

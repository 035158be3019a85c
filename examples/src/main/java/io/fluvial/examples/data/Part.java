package io.fluvial.examples.data;

import io.fluvial.Samples;

/// One file of a data set.
record Part(String name, Samples samples) {}

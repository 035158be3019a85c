package io.fluvial.train;

/// One epoch in numbers.
///
/// @param epoch its number, from 1
/// @param step steps made so far
/// @param seconds time trained so far
/// @param train mean log-density of its samples, each at the weights of its step, nats
/// @param validation mean log-density of the validation samples at the weights that would be returned, nats
/// @param best the best validation so far
/// @param rate the learning rate at its end
public record EpochReport(
        int epoch, long step, double seconds, double train, double validation, double best, double rate) {}

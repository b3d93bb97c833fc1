package dev.glissade.app.report;

import java.util.function.Supplier;

/// A figure of a result: its data, and what is drawn from them. [ReportFiles] writes both.
///
/// @param name of its files without their endings
/// @param csv its data as comma-separated values
/// @param chart draws it; asked only where pictures can be drawn
public record Figure(String name, String csv, Supplier<Chart> chart) {}

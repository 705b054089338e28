package dev.affray.agent.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.gate.Codebook.Channel;
import dev.affray.agent.gate.ScoreModel.Calibration;
import dev.affray.agent.gate.ScoreModel.Facts;
import dev.affray.document.Fields;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.util.ArrayList;
import java.util.List;

/** A {@link ScoreModel} as JSON; rows of numbers as {@link Floats} in it. Read strictly: whole or not at all, every problem at once. */
public final class ScoreModelFile {
    private static final String FORMAT = "affray-score-2";
    private static final double ANY = 1e9;
    private static final float SMALLEST = 1e-12f;
    private static final List<String> CHANNELS = List.of("motion", "acrossEdges", "downEdges");

    private ScoreModelFile() {}

    /** Reads a document. */
    static Reading<ScoreModel> read(byte[] json) {
        JsonNode document;
        try {
            document = Json.tree(json);
        } catch (IllegalArgumentException e) {
            return new Reading.Refused<>(List.of(new Problem("$", String.valueOf(e.getMessage()))));
        }
        return Fields.read(document, ScoreModelFile::model);
    }

    /** The same model is always the same text. */
    public static String write(ScoreModel model) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("format", FORMAT).put("features", MotionCells.FEATURES);
        Facts facts = model.facts();
        document.putObject("trained")
                .put("clips", facts.clips())
                .put("fights", facts.fights())
                .put("sources", facts.sources())
                .put("seed", facts.seed())
                .put("auc", facts.auc())
                .put("accuracy", facts.accuracy())
                .put("recall", facts.recall());
        document.putObject("calibration")
                .put("slope", model.calibration().slope())
                .put("offset", model.calibration().offset());
        document.put("intercept", model.intercept()).put("weights", Floats.text(model.weights()));
        ObjectNode codebook = document.putObject("codebook");
        for (int i = 0; i < CHANNELS.size(); i++) {
            Channel channel = model.codebook().channels().get(i);
            codebook.putObject(CHANNELS.get(i))
                    .put("mean", Floats.text(channel.mean()))
                    .put("axes", Floats.text(channel.axes()))
                    .put("shares", Floats.text(channel.shares()))
                    .put("centres", Floats.text(channel.centres()))
                    .put("variances", Floats.text(channel.variances()));
        }
        try {
            return Json.MAPPER
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(document)
                            .replace("\r", "")
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a score model", e);
        }
    }

    private static ScoreModel model(Fields fields) {
        must(fields, "format", FORMAT, "another agent's format; train it again with this one");
        must(fields, "features", MotionCells.FEATURES, "another agent's features; train it again with this one");
        return new ScoreModel(
                fields.object("codebook", ScoreModelFile::codebook).orElseGet(() -> new Codebook(List.of())),
                Floats.read(fields, "weights", Codebook.LENGTH, Floats.ANY),
                number(fields, "intercept", -ANY, ANY),
                fields.object(
                                "calibration",
                                c -> new Calibration(number(c, "slope", 0, ANY), number(c, "offset", -ANY, ANY)))
                        .orElse(new Calibration(1, 0)),
                fields.object("trained", ScoreModelFile::facts).orElse(new Facts(0, 0, 0, 0, 0, 0, 0)));
    }

    private static void must(Fields fields, String field, String wanted, String otherwise) {
        String found = fields.text(field, 100);
        if (!found.isEmpty() && !found.equals(wanted)) {
            fields.problem(field, "is '" + found + "', not '" + wanted + "': " + otherwise);
        }
    }

    private static Facts facts(Fields fields) {
        return new Facts(
                count(fields, "clips"),
                count(fields, "fights"),
                count(fields, "sources"),
                fields.integer("seed", 0, Integer.MAX_VALUE, 0),
                number(fields, "auc", 0, 1),
                number(fields, "accuracy", 0, 1),
                number(fields, "recall", 0, 1));
    }

    private static Codebook codebook(Fields fields) {
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS.size(); i++) {
            int numbers = Codebook.numbers(i);
            fields.object(CHANNELS.get(i), c -> channel(c, numbers)).ifPresent(channels::add);
        }
        return new Codebook(channels);
    }

    private static Channel channel(Fields fields, int numbers) {
        int entries = Codebook.GAUSSIANS * Codebook.AXES;
        return new Channel(
                Floats.read(fields, "mean", numbers, Floats.ANY),
                Floats.read(fields, "axes", numbers * Codebook.AXES, Floats.ANY),
                Floats.read(fields, "shares", Codebook.GAUSSIANS, SMALLEST),
                Floats.read(fields, "centres", entries, Floats.ANY),
                Floats.read(fields, "variances", entries, SMALLEST));
    }

    private static double number(Fields fields, String field, double min, double max) {
        if (!fields.has(field)) {
            fields.problem(field, "is missing");
        }
        return fields.number(field, min, max, 0);
    }

    private static int count(Fields fields, String field) {
        if (!fields.has(field)) {
            fields.problem(field, "is missing");
        }
        return fields.integer(field, 0, Integer.MAX_VALUE, 0);
    }
}

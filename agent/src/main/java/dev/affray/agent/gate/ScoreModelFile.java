package dev.affray.agent.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affray.agent.gate.ScoreModel.Calibration;
import dev.affray.agent.gate.ScoreModel.Facts;
import dev.affray.agent.gate.ScoreModel.Term;
import dev.affray.document.Fields;
import dev.affray.document.Json;
import dev.affray.document.Problem;
import dev.affray.document.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A {@link ScoreModel} as JSON. Read strictly: whole or not at all, every problem at once. */
public final class ScoreModelFile {
    private static final String FORMAT = "affray-score-1";
    private static final double ANY = 1e9;
    private static final List<String> PARTS = List.of("power", "mean", "deviation", "weight");

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
        document.put("format", FORMAT).put("features", FlowFeatures.SET);
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
        document.put("intercept", model.intercept());
        ObjectNode terms = document.putObject("terms");
        for (Term term : model.terms()) {
            ArrayNode parts = terms.putArray(term.name());
            parts.add(term.power()).add(term.mean()).add(term.deviation()).add(term.weight());
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
        must(fields, "format", FORMAT, "another agent's format");
        must(fields, "features", FlowFeatures.SET, "another agent's features; train it again with this one");
        return new ScoreModel(
                fields.object("terms", ScoreModelFile::terms).orElse(List.of()),
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

    private static List<Term> terms(Fields fields) {
        Set<String> unknown = new LinkedHashSet<>(fields.names());
        List<Term> terms = new ArrayList<>();
        for (String name : FlowFeatures.names()) {
            unknown.remove(name);
            terms.add(term(fields, name));
        }
        unknown.forEach(name -> fields.problem(name, "is no number of the features " + FlowFeatures.SET));
        return terms;
    }

    private static Term term(Fields fields, String name) {
        double[] values = {1, 0, 1, 0};
        List<JsonNode> parts = fields.items(name, values.length);
        boolean right = parts.size() == values.length;
        for (int i = 0; right && i < values.length; i++) {
            values[i] = parts.get(i).isNumber() ? parts.get(i).doubleValue() : Double.NaN;
            right = Math.abs(values[i]) <= ANY;
        }
        if (!fields.has(name)) {
            fields.problem(name, "is missing");
        } else if (!right) {
            fields.problem(name, "must be four numbers: " + String.join(", ", PARTS));
        } else if (values[2] <= 0) {
            fields.problem(name, "has a deviation of " + values[2] + "; must be more than 0");
        }
        return new Term(name, values[0], values[1], values[2], values[3]);
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

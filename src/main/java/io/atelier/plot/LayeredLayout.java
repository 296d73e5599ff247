package io.atelier.plot;

import io.atelier.plot.PlotGraph.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Places boxes in rows so that every edge leads to a later row: rows by longest path, order within a row by the places of
 * the neighbours, and positions as near to the neighbours' as room allows (K. Sugiyama's method).
 *
 * <p>An edge over several rows bends at a small box of its own in each of them, so that no edge runs through a node.
 * "Along" is the direction of the flow, "across" the other one. The time grows with the number of boxes.
 */
final class LayeredLayout {
    private static final int SWEEPS = 12;
    private static final double GAP_ALONG = 32;
    private static final double GAP_ACROSS = 24;
    private static final double BEND = 8;
    /** Beyond this, edges over several rows run straight: as many bends as nodes squared would fill the heap. */
    private static final long MOST_BENDS = 200_000;

    /** A node, or a bend of an edge. */
    private static final class Box {
        final double across;
        final double along;
        final List<Box> before = new ArrayList<>();
        final List<Box> after = new ArrayList<>();
        int row;
        double place;
        double start;

        Box(double across, double along, int row) {
            this.across = across;
            this.along = along;
            this.row = row;
        }
    }

    private final List<Box> nodes = new ArrayList<>();
    private final List<List<Box>> paths = new ArrayList<>();
    private final List<List<Box>> rows = new ArrayList<>();
    private final boolean bends;
    private double[] rowSizes = {};

    /**
     * @param across the size of each node across the flow
     * @param along the size of each node along the flow
     * @param edges each from an earlier node to a later one
     */
    LayeredLayout(double[] across, double[] along, List<Edge> edges) {
        for (int i = 0; i < across.length; i++) {
            nodes.add(new Box(across[i], along[i], 0));
        }
        assignRows(edges);
        bends = edges.stream()
                        .mapToLong(edge -> nodes.get(edge.to()).row - nodes.get(edge.from()).row)
                        .sum()
                <= MOST_BENDS;
        nodes.forEach(this::add);
        edges.forEach(this::connect);
        order();
        place();
    }

    /** The middle of a node across the flow, from 0. */
    double middle(int node) {
        return nodes.get(node).place;
    }

    /** Where a node begins along the flow, from 0. */
    double start(int node) {
        return nodes.get(node).start;
    }

    /** Where an edge bends: pairs of across and along, from its beginning to its end. */
    List<double[]> bends(int edge) {
        List<Box> path = paths.get(edge);
        List<double[]> points = new ArrayList<>();
        points.add(new double[] {path.get(0).place, path.get(0).start + path.get(0).along});
        for (Box bend : path.subList(1, path.size() - 1)) {
            points.add(new double[] {bend.place, bend.start});
            points.add(new double[] {bend.place, bend.start + rowSizes[bend.row]});
        }
        Box last = path.get(path.size() - 1);
        points.add(new double[] {last.place, last.start});
        return points;
    }

    private void assignRows(List<Edge> edges) {
        for (Edge edge : edges) {
            // Edges come in the order of the nodes they lead to, so that the row of their beginning is final.
            Box to = nodes.get(edge.to());
            to.row = Math.max(to.row, nodes.get(edge.from()).row + 1);
        }
        int[] nearest = new int[nodes.size()];
        Arrays.fill(nearest, Integer.MAX_VALUE);
        edges.forEach(edge -> nearest[edge.from()] = Math.min(nearest[edge.from()], nodes.get(edge.to()).row - 1));
        boolean[] hasInput = new boolean[nodes.size()];
        edges.forEach(edge -> hasInput[edge.to()] = true);
        for (int i = 0; i < nearest.length; i++) {
            if (!hasInput[i] && nearest[i] != Integer.MAX_VALUE) {
                nodes.get(i).row = nearest[i];
            }
        }
    }

    private void add(Box box) {
        while (rows.size() <= box.row) {
            rows.add(new ArrayList<>());
        }
        box.place = rows.get(box.row).size();
        rows.get(box.row).add(box);
    }

    private void connect(Edge edge) {
        Box from = nodes.get(edge.from());
        Box to = nodes.get(edge.to());
        List<Box> path = new ArrayList<>(List.of(from));
        for (int row = from.row + 1; bends && row < to.row; row++) {
            Box bend = new Box(BEND, 0, row);
            add(bend);
            path.add(bend);
        }
        path.add(to);
        for (int i = 1; i < path.size(); i++) {
            path.get(i - 1).after.add(path.get(i));
            path.get(i).before.add(path.get(i - 1));
        }
        paths.add(path);
    }

    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                List<Box> row = rows.get(down ? i : rows.size() - 1 - i);
                row.forEach(box -> box.start = mean(down ? box.before : box.after, box.place));
                row.sort(Comparator.comparingDouble(box -> box.start));
                for (int place = 0; place < row.size(); place++) {
                    row.get(place).place = place;
                }
            }
        }
    }

    private static double mean(List<Box> boxes, double otherwise) {
        return boxes.stream().mapToDouble(box -> box.place).average().orElse(otherwise);
    }

    private void place() {
        rowSizes = rows.stream()
                .mapToDouble(
                        row -> row.stream().mapToDouble(box -> box.along).max().orElse(0))
                .toArray();
        double start = 0;
        for (List<Box> row : rows) {
            double across = 0;
            for (Box box : row) {
                box.start = start;
                box.place = across + box.across / 2;
                across += box.across + GAP_ACROSS;
            }
            start += row.isEmpty() ? 0 : rowSizes[row.get(0).row] + GAP_ALONG;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                settle(rows.get(down ? i : rows.size() - 1 - i), down);
            }
        }
        double least = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(box -> box.place - box.across / 2)
                .min()
                .orElse(0);
        rows.forEach(row -> row.forEach(box -> box.place -= least));
    }

    /** Moves the boxes of a row as near to their neighbours as their order and sizes allow: least squares. */
    private static void settle(List<Box> row, boolean down) {
        double offset = 0;
        // Blocks of boxes that touch, each with the sum of where its boxes want to be; later ones are pushed together.
        List<double[]> blocks = new ArrayList<>();
        double[] offsets = new double[row.size()];
        for (int i = 0; i < offsets.length; i++) {
            Box box = row.get(i);
            if (i > 0) {
                offset += (row.get(i - 1).across + box.across) / 2 + GAP_ACROSS;
            }
            offsets[i] = offset;
            List<Box> neighbours = down ? box.before : box.after;
            blocks.add(new double[] {mean(neighbours, box.place) - offset, 1});
            while (blocks.size() > 1) {
                double[] last = blocks.get(blocks.size() - 1);
                double[] previous = blocks.get(blocks.size() - 2);
                if (previous[0] / previous[1] <= last[0] / last[1]) {
                    break;
                }
                previous[0] += last[0];
                previous[1] += last[1];
                blocks.remove(blocks.size() - 1);
            }
        }
        int index = 0;
        for (double[] block : blocks) {
            for (int i = 0; i < block[1]; i++) {
                row.get(index).place = block[0] / block[1] + offsets[index];
                index++;
            }
        }
    }
}

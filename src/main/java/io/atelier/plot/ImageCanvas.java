package io.atelier.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws into an image in memory. */
final class ImageCanvas implements Canvas {
    private static final double ARROW = 7;

    private final BufferedImage image;
    private final Graphics2D graphics;

    ImageCanvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, ModelPlot.FONT_SIZE));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setStroke(new BasicStroke(1));
    }

    BufferedImage image() {
        return image;
    }

    @Override
    public void box(double x, double y, double width, double height, boolean isBlack) {
        Rectangle2D box = new Rectangle2D.Double(x, y, width, height);
        graphics.setColor(isBlack ? Color.BLACK : Color.WHITE);
        graphics.fill(box);
        graphics.setColor(Color.BLACK);
        graphics.draw(box);
    }

    @Override
    public void text(double x, double y, String text, boolean isWhite) {
        graphics.setColor(isWhite ? Color.WHITE : Color.BLACK);
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), (float)
                (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
    }

    @Override
    public void arrow(List<double[]> points) {
        graphics.setColor(Color.BLACK);
        Path2D line = new Path2D.Double();
        line.moveTo(points.get(0)[0], points.get(0)[1]);
        points.forEach(point -> line.lineTo(point[0], point[1]));
        graphics.draw(line);
        double[] tip = points.get(points.size() - 1);
        double[] before = points.get(points.size() - 2);
        double angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
        Path2D head = new Path2D.Double();
        head.moveTo(tip[0], tip[1]);
        for (double side : new double[] {-1, 1}) {
            head.lineTo(tip[0] - ARROW * Math.cos(angle + side * 0.4), tip[1] - ARROW * Math.sin(angle + side * 0.4));
        }
        head.closePath();
        graphics.fill(head);
    }
}

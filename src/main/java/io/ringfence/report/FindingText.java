package io.ringfence.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * A finding as HTML. HTML in it is text, nothing is loaded, and links lead to pages of the report:
 * those that the text has, and one from each id, model, spec and trace that it names.
 */
final class FindingText {
  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(TABLES)
          .escapeHtml(true)
          .attributeProviderFactory(context -> FindingText::headings)
          .nodeRendererFactory(RegionRenderer::new)
          .build();
  private static final Pattern FILE = Pattern.compile("(?:\\./)?([^/#]+)\\.md(?:#.*)?");

  private final String own;
  private final NamedPages pages;

  private FindingText(String own, NamedPages pages) {
    this.own = own;
    this.pages = pages;
  }

  /**
   * Renders a finding for a page in the folder of findings.
   *
   * @param id of the finding, which needs no link to itself
   */
  static String html(String id, String markdown, NamedPages pages) {
    Node document = PARSER.parse(markdown);
    document.accept(new FindingText(id, pages).new Linker());
    return RENDERER.render(document);
  }

  private static void headings(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof TableCell cell && cell.isHeader()) {
      attributes.put("scope", "col");
    }
  }

  /** Makes links inside a document, and takes out those that lead nowhere. */
  private final class Linker extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      Matcher file = FILE.matcher(link.getDestination());
      String id = file.matches() ? file.group(1) : "";
      String page = id.equals(Findings.INDEX) ? Pages.FINDINGS : pages.ofId(id);
      if (page == null) {
        link.insertAfter(new Text(" (" + link.getDestination() + ")"));
        unwrap(link);
      } else {
        link.setDestination("../" + page);
        link.setTitle(null);
      }
    }

    @Override
    public void visit(Image image) {
      unwrap(image);
    }

    private void unwrap(Node node) {
      visitChildren(node);
      for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
        node.insertBefore(child);
      }
      node.unlink();
    }

    @Override
    public void visit(Text text) {
      String literal = text.getLiteral();
      Matcher id = Findings.ID.matcher(literal);
      int end = 0;
      while (id.find()) {
        String page = id.group(1).equals(own) ? null : pages.ofId(id.group(1));
        if (page != null) {
          text.insertBefore(new Text(literal.substring(end, id.start())));
          text.insertBefore(link(page, new Text(id.group())));
          end = id.end();
        }
      }
      text.setLiteral(literal.substring(end));
    }

    @Override
    public void visit(Code code) {
      String page = code.getLiteral().equals(own) ? null : pages.ofCode(code.getLiteral());
      if (page != null) {
        code.insertBefore(link(page, new Code(code.getLiteral())));
        code.unlink();
      }
    }

    private static Link link(String page, Node content) {
      Link link = new Link("../" + page, null);
      link.appendChild(content);
      return link;
    }

    @Override
    public void visit(CustomBlock block) {
      visitChildren(block);
      if (block instanceof TableBlock) {
        Region region = new Region();
        block.insertBefore(region);
        region.appendChild(block);
      }
    }
  }

  /** What scrolls sidewards by itself, so that the page need not. */
  private static final class Region extends CustomBlock {}

  private static final class RegionRenderer implements NodeRenderer {
    private final HtmlNodeRendererContext context;

    RegionRenderer(HtmlNodeRendererContext context) {
      this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Region.class);
    }

    @Override
    public void render(Node node) {
      context
          .getWriter()
          .tag(
              "div",
              // Sorted, so that the same run gives the same page.
              new TreeMap<>(
                  Map.of(
                      "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "table")));
      for (@Nullable Node child = node.getFirstChild(); child != null; child = child.getNext()) {
        context.render(child);
      }
      context.getWriter().tag("/div");
    }
  }
}

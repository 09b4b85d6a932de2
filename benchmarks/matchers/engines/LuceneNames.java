import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Indexes the lines "row, tab, name" of a file, then answers each line of its input with a line of numbers: the
 * nanoseconds it took, and the rows of the best names. The first line tells how long indexing took.
 */
public final class LuceneNames {
  private static final int MOST_NAMES = 25;

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    Analyzer analyzer = new ArabicAnalyzer();
    Directory directory = FSDirectory.open(Path.of(arguments[1]));
    long start = System.nanoTime();
    index(Path.of(arguments[0]), directory, analyzer);
    out.println(System.nanoTime() - start);
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String text = in.readLine(); text != null; text = in.readLine()) {
      out.println(answer(searcher, analyzer, text));
    }
  }

  private static void index(Path table, Directory directory, Analyzer analyzer) throws Exception {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (String line : Files.readAllLines(table, StandardCharsets.UTF_8)) {
        int tab = line.indexOf('\t');
        Document document = new Document();
        document.add(new StoredField("place", line.substring(0, tab)));
        document.add(new TextField("name", line.substring(tab + 1), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static String answer(IndexSearcher searcher, Analyzer analyzer, String text) throws Exception {
    long start = System.nanoTime();
    StringBuilder rows = new StringBuilder();
    for (ScoreDoc hit : searcher.search(query(analyzer, text), MOST_NAMES).scoreDocs) {
      rows.append(' ').append(searcher.doc(hit.doc).get("place"));
    }
    return (System.nanoTime() - start) + rows.toString();
  }

  private static BooleanQuery query(Analyzer analyzer, String text) throws Exception {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    try (TokenStream tokens = analyzer.tokenStream("name", text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        String word = term.toString();
        any.add(new FuzzyQuery(new Term("name", word), edits(word)), BooleanClause.Occur.SHOULD);
      }
      tokens.end();
    }
    return any.build();
  }

  /** The edits that "AUTO" allows: none below three letters, one below six, else two. */
  private static int edits(String word) {
    return word.length() < 3 ? 0 : word.length() < 6 ? 1 : 2;
  }
}
